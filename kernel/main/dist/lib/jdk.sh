# Finds a JDK of version 17 or newer without starting a JVM. Sourced by POSIX shells; no forks on the usual path.
# jdk_find sets jdk_home and jdk_version, or returns 1 with what was looked at in jdk_rejected.

# Reads version and modules of a JDK home from its release file.
jdk_read() {
    jdk_version= jdk_modules=
    [ -x "$1/bin/java" ] || return 1
    if [ -r "$1/release" ]; then
        while IFS='=' read -r jdk_key jdk_value || [ -n "$jdk_key" ]; do
            jdk_value=${jdk_value#\"}
            case $jdk_key in
                JAVA_VERSION) jdk_version=${jdk_value%\"} ;;
                MODULES) jdk_modules=" ${jdk_value%\"} " ;;
            esac
        done <"$1/release"
    fi
    if [ -z "$jdk_version" ]; then
        jdk_version=$("$1/bin/java" -version 2>&1 | sed -n 's/.* version "\([^"]*\)".*/\1/p')
    fi
    [ -n "$jdk_version" ]
}

# Accepts a home that is a JDK >= 17 with a compiler and JShell; else says why not in jdk_rejected.
jdk_accept() {
    [ -n "$1" ] || return 1
    if ! jdk_read "$1"; then
        jdk_rejected="$jdk_rejected
  $2: there is no Java in $1"
        return 1
    fi
    jdk_number=${jdk_version#1.} # 17 of 17.0.9, 8 of 1.8.0_402, 25 of 25-ea
    jdk_number=${jdk_number%%[!0-9]*}
    if [ "${jdk_number:-0}" -lt 17 ]; then
        jdk_rejected="$jdk_rejected
  $2: $1 is Java $jdk_version"
        return 1
    fi
    case $jdk_modules in
        *' jdk.jshell '*) case $jdk_modules in *' jdk.compiler '*) jdk_home=$1; return 0 ;; esac ;;
        '') [ -x "$1/bin/javac" ] && [ -x "$1/bin/jshell" ] && { jdk_home=$1; return 0; } ;;
    esac
    jdk_rejected="$jdk_rejected
  $2: $1 is Java $jdk_version without compiler or JShell (a JRE, not a JDK)"
    return 1
}

# The home of a java command, through its symbolic links; a wrapper script is asked.
jdk_home_of() {
    jdk_command=$1
    while [ -L "$jdk_command" ]; do
        jdk_link=$(readlink "$jdk_command")
        case $jdk_link in
            /*) jdk_command=$jdk_link ;;
            *) jdk_command=${jdk_command%/*}/$jdk_link ;;
        esac
    done
    jdk_found=${jdk_command%/bin/java}
    if [ ! -r "$jdk_found/release" ]; then
        jdk_found=$("$1" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p')
    fi
}

jdk_find() {
    jdk_rejected=
    jdk_accept "${TOUCHSTONE_JAVA_HOME-}" TOUCHSTONE_JAVA_HOME && return 0
    jdk_accept "${JAVA_HOME-}" JAVA_HOME && return 0
    if jdk_path=$(command -v java 2>/dev/null); then
        jdk_home_of "$jdk_path"
        jdk_accept "$jdk_found" "PATH ($jdk_path)" && return 0
    fi
    jdk_common=${TOUCHSTONE_JDK_DIRS-/usr/lib/jvm:/usr/java:/opt/java:/opt/jdk:/opt:${HOME-}/.sdkman/candidates/java:${HOME-}/.jdks:/Library/Java/JavaVirtualMachines:/opt/homebrew/opt:/usr/local/opt}
    jdk_ifs=$IFS
    IFS=:
    for jdk_folder in $jdk_common; do
        IFS=$jdk_ifs
        for jdk_candidate in "$jdk_folder"/*; do
            case $jdk_candidate in
                /opt/homebrew/opt/* | /usr/local/opt/*) jdk_candidate=$jdk_candidate/libexec/openjdk.jdk ;;
            esac
            [ -x "$jdk_candidate/Contents/Home/bin/java" ] && jdk_candidate=$jdk_candidate/Contents/Home
            [ -x "$jdk_candidate/bin/java" ] || continue
            jdk_accept "$jdk_candidate" "$jdk_folder" && return 0
        done
    done
    IFS=$jdk_ifs
    return 1
}

# What to do when jdk_find found none, on stderr.
jdk_missing() {
    {
        echo "touchstone: no JDK of version 17 or newer was found; install one and run this again:"
        echo "  Debian, Ubuntu:  sudo apt-get install openjdk-17-jdk-headless"
        echo "  Fedora, RHEL:    sudo dnf install java-17-openjdk-devel"
        echo "  Alpine:          sudo apk add openjdk17-jdk"
        echo "  macOS:           brew install openjdk@17"
        echo "  conda:           conda install -c conda-forge openjdk=17"
        echo "or set JAVA_HOME to the folder of one you have."
        [ -z "$jdk_rejected" ] || echo "Looked at, and not usable:$jdk_rejected"
    } >&2
}
