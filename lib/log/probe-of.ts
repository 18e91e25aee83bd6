import { decodedPath } from "./decoded-path";

export interface Probe {
  kind: string;
  /** Two requests by mistake shall not make a flag, one attack shall. */
  weight: number;
}

/** Nothing but an attack explains it. */
const ATTACK = 1.5;
/** A mistake, curiosity or an old bookmark may explain it. */
const CURIOUS = 0.5;
/** Browsers and phones ask for it on their own. */
const AUTOMATIC = 0.1;

/** Longest address that common servers accept; the rest is not looked at. */
const LONGEST = 8192;

// The first that fits the decoded path decides. No pattern has two repetitions that could share the
// same text: a hostile path takes time in proportion to its length.
const SIGNATURES: readonly (Probe & { patterns: readonly RegExp[] })[] = [
  {
    kind: "path traversal",
    weight: ATTACK,
    // Browsers resolve steps up before they send a path: one that arrives was sent past them.
    patterns: [/(^|[/\\])\.\.([/\\;]|$)/],
  },
  {
    kind: "server file or backup",
    weight: ATTACK,
    patterns: [
      /(^|[/\\])etc[/\\](passwd|shadow|hosts|group)\b/, // accounts of a Unix system
      /(^|[/\\])proc[/\\](self|version|cpuinfo)\b/,
      /(^|[/\\])(windows|winnt|win)[/\\](win\.ini|system\.ini|system32)\b/,
      /(^|[/\\])boot\.ini$/,
      /(^|[/\\])(web|meta)-inf[/\\]/, // settings of a Java application
    ],
  },
  {
    kind: "control character in an address",
    weight: ATTACK,
    // The zero that ends a text in C; a line break that begins a header of the answer.
    patterns: [/\0/, /[\r\n][\w-]+:/],
  },
  {
    kind: "script in an address",
    weight: ATTACK,
    patterns: [
      /<\s*(\/\s*)?script\b/,
      /<\w[^<>]*[\s/"']on[a-z]+\s*=/, // a tag that handles an event
      /\bjavascript:\s*\w+[.(]/,
      /\bdocument\.cookie\b/,
    ],
  },
  {
    kind: "SQL in an address",
    weight: ATTACK,
    patterns: [
      // A quote that ends a value, and a condition after it.
      /['"]\)?[\s+]*\b(or|and|having)[\s+(]+['"\w]+[\s+]*(['"][\s+]*)?(=|<|>|like\b)/,
      /\b(or|and)[\s+]+(?<same>\d+)[\s+]*=[\s+]*\k<same>\b/, // or 1=1
      /\bunion([\s+]|\/\*[^*]*\*\/)+(all[\s+]+|distinct[\s+]+)?select\b/,
      /;[\s+]*(drop|delete|insert|update|alter|truncate|exec|shutdown)[\s+]/, // a second query
      /\b(sleep|benchmark|pg_sleep)[\s+]*\([\s+]*\d/, // waits tell whether a condition holds
      /\bwaitfor[\s+]+delay\b/,
      /\binformation_schema[./]/,
      /\bxp_cmdshell\b/,
    ],
  },
  {
    kind: "command in an address",
    weight: ATTACK,
    patterns: [
      // A shell's separator and a common command.
      /([;|`]|&&)[\s+]*(cat|ls|id|whoami|uname|wget|curl|nc|ping|bash|sh|cmd|powershell)([\s+;|&`]|$)/,
      /\$\([a-z]/, // a shell's substitution
      /\$\{[^{}]*\b(jndi|env|sys|lower|upper):/, // log4j's
      /\(\)[\s+]*\{/, // a function in a variable, as in shellshock
      /\b(php|expect|phar):\/\//, // streams that PHP opens in place of files
      /\b(cmd|powershell)\.exe\b/,
      /\b(eval|system|exec|passthru|base64_decode)[\s+]*\([\s+]*['"$]/,
    ],
  },
  {
    kind: "path traversal",
    weight: CURIOUS,
    // Reaches past the folder where a server's rule for it lacks a slash.
    patterns: [/(^|[/\\])[\w-]+\.\.([/\\]|$)/],
  },
  {
    kind: "well-known file",
    weight: AUTOMATIC,
    patterns: [/^\/?\.well-known([/\\]|$)/], // RFC 8615
  },
  {
    kind: "hidden file",
    weight: CURIOUS,
    // Not a page's ending alone, such as `.json` after a slash too many.
    patterns: [
      /(^|[/\\])\.(?!(html?|md|json|css|js|jpe?g|png|gif|svg|ico|pdf|txt|csv|zip|ipynb)([/\\?]|$))[\w-]/,
    ],
  },
  {
    kind: "page of other software",
    weight: CURIOUS,
    patterns: [
      /(^|[/\\])wp-(login|admin|content|includes|json|config|cron|signup|mail|trackback)\b/,
      /(^|[/\\])xmlrpc\.php\b/,
      /(^|[/\\])(php-?my-?admin|pma|myadmin|adminer|sqladmin)([-_.\d]|[/\\]|$)/, // databases' consoles
      /(^|[/\\])(cgi-bin|jmx-console|hnap1|boaform)([/\\]|$)/,
      /(^|[/\\])(manager[/\\]html|actuator[/\\]|vendor[/\\]phpunit|solr[/\\]admin|owa[/\\]auth)/,
      // Pages to log in, administer or set up, at the top of the site.
      /^\/?((admin\w*|blog|cms|site|user|account)[/\\])?(log-?in|log-?on|sign-?in|admin\w*|setup|install|shell|cmd|config|configuration|webadmin)\.(php\d?|aspx?|jspx?|cgi|cfm|do|action|pl)\b/,
      /^\/?administrator([/\\]|$)/,
    ],
  },
  {
    kind: "server file or backup",
    weight: CURIOUS,
    patterns: [
      /(^|[/\\])php-?info(\.php)?$/,
      /(^|[/\\])server-(status|info)$/,
      /(^|[/\\])(web\.config|id_rsa|elmah\.axd|trace\.axd|phpunit\.xml)$/,
      // Copies of a site or its data, at its top.
      /^\/?([a-z]+[-_])?(backups?|dump|database|db|www|site|website|htdocs|public_html)[-_.\d]*\.(sql|zip|rar|7z|tgz|gz|tar|sqlite3?|mdb)(\.gz)?$/,
      /\.(bak|old|orig|swp|save)$/, // what editors leave behind
      /\w~$/,
    ],
  },
];

/**
 * Whether a path looks for a way into a server, and how; null where it does not. Signatures are of
 * the kinds of the [OWASP Core Rule Set](https://coreruleset.org/).
 */
export function probeOf(path: string): Probe | null {
  const text = decodedPath(path.slice(0, LONGEST));
  const found = SIGNATURES.find(({ patterns }) => patterns.some((pattern) => pattern.test(text)));
  return found ? { kind: found.kind, weight: found.weight } : null;
}
