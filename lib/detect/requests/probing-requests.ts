import type pl from "nodejs-polars";
import { probedRows } from "./probed-rows";

/**
 * Requests that look for a way into the server instead of a page. What decides is the path's
 * text, after its escapes are decoded again and again (see `decodedPath`) and whatever its
 * case, by signatures of the kinds that the [OWASP Core Rule Set](https://coreruleset.org/) and
 * common scanners' lists describe:
 *
 * - `path traversal`: `..` as a part of the path, with either slash; `folder..`
 * - `hidden file`: a name that begins with a dot, such as `.git`
 * - `well-known file`: below `.well-known/` (RFC 8615); phones and browsers ask for these too
 * - `page of other software`: such as `wp-login`, `phpmyadmin`, `cgi-bin`, `login.aspx`
 * - `server file or backup`: such as `/etc/passwd`, `phpinfo`, `server-status`, `backup.sql`
 * - `script in an address`, `SQL in an address`, `command in an address`, `control character in
 *   an address`: text that would do something where a server or page takes it over unchecked
 *
 * A page that 20 users and a twentieth of all users asked for is the site's own, whatever its
 * name, and left out; not so where nothing but an attack explains it.
 *
 * What is missed: guessing at addresses of the site's own kind (`students/743/notes`), what
 * is sent in the body of a request, and whether the server gave anything away, which such a
 * log does not say. Of an address only the first 8,192 characters are looked at.
 *
 * @param accessLog access log in any order: `timestamp`, `user_id`, `ip`, `path`
 * @returns the probing rows, repeated ones too: `timestamp` (Datetime ms), `user_id` (Int64),
 *   `ip`, `path` (String, as logged: text of a stranger), `probe` (String, one of the above;
 *   of several the one that weighs most), in time order, those of one time by user, address
 *   and path
 * @throws {Error} if a column is missing or of another type
 */
export function probingRequests(accessLog: pl.DataFrame): pl.DataFrame {
  return probedRows("probingRequests", accessLog).select(
    "timestamp",
    "user_id",
    "ip",
    "path",
    "probe",
  );
}
