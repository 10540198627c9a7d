# Runs a command that cannot be trusted: no network, no capabilities, a file system in which it can write to its own
# folder alone and does not see what is hidden. For unshare --user --map-root-user --net --mount --pid --fork.
#
# arguments: MEGABYTES WORK FILES SOCKETS SECONDS  hide PATH...  keep PATH...  lend PATH...  run COMMAND...
#   WORK     its folder: memory of so many megabytes that begins with a copy of what is in FILES
#   SOCKETS  a folder that it shares with who started it
#   hide     folders that it finds empty; /tmp must be among them
#   keep     what it needs of folders that were hidden before
#   lend     folders that it finds below .lent in its own, where it can read them
set -eu
umask 077
megabytes=$1 work=$2 files=$3 sockets=$4 seconds=$5
shift 5

# What is still needed is put aside below /run, which the command does not see as it was either.
mount --make-rprivate /
mount -t tmpfs -o mode=755 none /run
mkdir /run/work /run/files /run/sockets /run/dev /run/keep
mount -t tmpfs -o "size=${megabytes}m,mode=700" none /run/work
mount --bind "$sockets" /run/sockets
cp -R "$files/." /run/work/
mount -t tmpfs -o mode=755,size=1m none /run/dev
mkdir /run/dev/shm
for each in null zero full random urandom; do
    : >"/run/dev/$each"
    mount --bind "/dev/$each" "/run/dev/$each"
done
ln -s /proc/self/fd /run/dev/fd

# Makes the place $1 at which $2 can be mounted.
place() {
    if [ -d "$2" ]; then
        mkdir -p "$1"
    else
        mkdir -p "${1%/*}"
        : >"$1"
    fi
}

part=none
number=0
for each; do
    case $each in
        hide | keep | lend) part=$each ;;
        run) break ;;
        *)
            if [ "$part" != hide ]; then
                number=$((number + 1))
                place "/run/keep/$number" "$each"
                mount --rbind "$each" "/run/keep/$number"
            fi
            ;;
    esac
done

number=0
while [ "$1" != run ]; do
    case $1 in
        hide | keep | lend) part=$1 ;;
        *)
            if [ "$part" = hide ]; then
                [ ! -d "$1" ] || mount -t tmpfs -o size=4m,mode=755 none "$1"
            elif [ "$part" = lend ]; then
                number=$((number + 1))
                mkdir -p "/run/work/.lent/${1##*/}"
                mount --rbind "/run/keep/$number" "/run/work/.lent/${1##*/}"
            else
                number=$((number + 1))
                if [ ! -e "$1" ]; then
                    place "$1" "/run/keep/$number"
                    mount --rbind "/run/keep/$number" "$1"
                fi
            fi
            ;;
    esac
    shift
done
shift
mkdir -p "$work" "$sockets"
mount --move /run/work "$work"
mount --move /run/sockets "$sockets"
mount --rbind /run/dev /dev
mount -t tmpfs -o size=4m,mode=755 none /run

# All else can be read alone. Locked mounts keep their other options.
while read -r _ at _ options _; do
    at=$(printf '%b' "$at")
    case $at in "$work" | "$sockets" | /tmp | /dev/*) continue ;; esac
    also=
    for each in nosuid nodev noexec noatime nodiratime relatime; do
        case ,$options, in *,"$each",*) also=$also,$each ;; esac
    done
    mount -o "remount,bind,ro$also" "$at" 2>/dev/null || [ ! -w "$at" ] || {
        echo "$at cannot be made read-only" >&2
        exit 1
    }
done <<MOUNTS
$(cat /proc/self/mounts)
MOUNTS
cd "$work"
exec setpriv --bounding-set=-all --inh-caps=-all --no-new-privs timeout -s KILL "$seconds" "$@"
