import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

/** Whether certificates can be made here. */
export const hasOpenssl = canRun();

/**
 * An authority and a server's certificate signed by it, as files in a folder.
 *
 * @param name what the certificate is for, as `DNS:localhost` or `IP:127.0.0.1`
 */
export function makeCertificate(
  folder: string,
  name: string,
): { ca: string; cert: string; key: string } {
  const path = (file: string) => join(folder, file);
  const openssl = (options: string, ...subject: string[]) =>
    execFileSync("openssl", [...options.split(" "), ...subject], { cwd: folder, stdio: "ignore" });
  const newKey = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes";
  const authority = `req -x509 ${newKey} -keyout ca-key.pem -out ca.pem -days 2 -subj`;
  openssl(authority, "/CN=Test authority");
  openssl(`req ${newKey} -keyout key.pem -out request.pem -subj`, "/CN=Test server");
  writeFileSync(path("names.txt"), `subjectAltName=${name}\n`);
  const signing = "x509 -req -in request.pem -CA ca.pem -CAkey ca-key.pem -CAcreateserial";
  openssl(`${signing} -out cert.pem -days 2 -extfile names.txt`);
  return { ca: path("ca.pem"), cert: path("cert.pem"), key: path("key.pem") };
}

function canRun(): boolean {
  try {
    execFileSync("openssl", ["version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
