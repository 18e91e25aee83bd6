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
  const openssl = (...args: string[]) => execFileSync("openssl", args, { stdio: "ignore" });
  const key = (file: string) => [
    ...[
      "-newkey",
      "ec",
      "-pkeyopt",
      "ec_paramgen_curve:prime256v1",
      "-nodes",
      "-keyout",
      path(file),
    ],
  ];
  openssl(
    "req",
    "-x509",
    ...key("ca-key.pem"),
    "-out",
    path("ca.pem"),
    "-days",
    "2",
    "-subj",
    "/CN=Test authority",
  );
  openssl("req", ...key("key.pem"), "-out", path("request.pem"), "-subj", "/CN=Test server");
  writeFileSync(path("names.txt"), `subjectAltName=${name}\n`);
  openssl(
    ...[
      "x509",
      "-req",
      "-in",
      path("request.pem"),
      "-CA",
      path("ca.pem"),
      "-CAkey",
      path("ca-key.pem"),
    ],
    ...["-CAcreateserial", "-out", path("cert.pem"), "-days", "2", "-extfile", path("names.txt")],
  );
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
