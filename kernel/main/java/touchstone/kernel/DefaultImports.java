package touchstone.kernel;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a cell need not import: IJava's packages and those that JShell itself imports. Some are imported only when a
 * cell first names one of their types, for each import costs time at the start and clutters completion.
 */
final class DefaultImports {
    /** Imported before the first cell. */
    static final List<String> EARLY = List.of(
            "java.io.*",
            "java.nio.file.*",
            "java.util.*",
            "java.util.concurrent.*",
            "java.util.function.*",
            "java.util.stream.*");

    /** Packages imported on demand, with the names of their public types; of ours, those that cells name. */
    static final Map<String, Set<String>> LATE = Map.of(
            "touchstone.kernel", Set.of("Captured", "Progress", "TimeitResult"),
            "java.math", Set.of("BigDecimal", "BigInteger", "MathContext", "RoundingMode"),
            "java.util.regex", Set.of("MatchResult", "Matcher", "Pattern", "PatternSyntaxException"),
            "java.util.prefs",
                    words("AbstractPreferences BackingStoreException InvalidPreferencesFormatException NodeChangeEvent"
                            + " NodeChangeListener PreferenceChangeEvent PreferenceChangeListener Preferences"
                            + " PreferencesFactory"),
            "java.net",
                    words("Authenticator BindException CacheRequest CacheResponse ConnectException ContentHandler"
                            + " ContentHandlerFactory CookieHandler CookieManager CookiePolicy CookieStore"
                            + " DatagramPacket DatagramSocket DatagramSocketImpl DatagramSocketImplFactory"
                            + " FileNameMap HttpCookie HttpRetryException HttpURLConnection IDN Inet4Address"
                            + " Inet6Address InetAddress InetSocketAddress InterfaceAddress JarURLConnection"
                            + " MalformedURLException MulticastSocket NetPermission NetworkInterface"
                            + " NoRouteToHostException PasswordAuthentication PortUnreachableException"
                            + " ProtocolException ProtocolFamily Proxy ProxySelector ResponseCache"
                            + " SecureCacheResponse ServerSocket Socket SocketAddress SocketException SocketImpl"
                            + " SocketImplFactory SocketOption SocketOptions SocketPermission"
                            + " SocketTimeoutException StandardProtocolFamily StandardSocketOptions URI"
                            + " URISyntaxException URL URLClassLoader URLConnection URLDecoder URLEncoder"
                            + " URLPermission URLStreamHandler URLStreamHandlerFactory UnixDomainSocketAddress"
                            + " UnknownHostException UnknownServiceException"));

    private static final Pattern NAME = Pattern.compile("(?<![\\w.$])[A-Z]\\w*");

    private final Map<String, Set<String>> waiting = new LinkedHashMap<>(LATE);

    /** The import statements of the start. */
    static String early() {
        var imports = new StringBuilder("import static " + UserFunctions.class.getName() + ".*;\n");
        EARLY.forEach(each -> imports.append("import ").append(each).append(";\n"));
        return imports.toString();
    }

    /** The import statements that this cell is the first to need; each is given once. */
    synchronized String neededBy(String code) {
        if (waiting.isEmpty()) {
            return "";
        }
        var names = new HashSet<String>();
        Matcher matcher = NAME.matcher(code);
        while (matcher.find()) {
            names.add(matcher.group());
        }
        var imports = new StringBuilder();
        for (String each : new ArrayList<>(waiting.keySet())) {
            if (waiting.getOrDefault(each, Set.of()).stream().anyMatch(names::contains)) {
                imports.append("import ").append(each).append(".*;\n");
                waiting.remove(each);
            }
        }
        return imports.toString();
    }

    /** The same code with the names of types that wait for their import written out. */
    synchronized String qualified(String code) {
        return NAME.matcher(code).replaceAll(match -> {
            String name = match.group();
            return waiting.entrySet().stream()
                    .filter(each -> each.getValue().contains(name))
                    .map(each -> each.getKey() + "." + name)
                    .findFirst()
                    .orElse(Matcher.quoteReplacement(name));
        });
    }

    private static Set<String> words(String text) {
        return Set.of(text.split(" ", -1));
    }
}
