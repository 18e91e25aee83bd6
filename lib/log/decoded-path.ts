const ROUNDS = 5;

/**
 * A path as a careless server might read it: percent-escapes are decoded again and again,
 * full-width signs become plain, letters small, overlong forms (`%c0%af`) what they stand for.
 * Never throws.
 */
export function decodedPath(path: string): string {
  let text = path;
  for (let round = 0; round < ROUNDS && text.includes("%"); round++) {
    const decoded = text
      .replace(/%u([0-9a-f]{4})/gi, (_, hex: string) =>
        String.fromCharCode(Number.parseInt(hex, 16)),
      )
      .replace(/(?:%[0-9a-f]{2})+/gi, decodedBytes);
    if (decoded === text) break;
    text = decoded;
  }
  return text.normalize("NFKC").toLowerCase();
}

function decodedBytes(escapes: string): string {
  const bytes = escapes
    .slice(1)
    .split("%")
    .map((hex) => Number.parseInt(hex, 16));
  let text = "";
  for (let i = 0; i < bytes.length; i++) {
    const lead = bytes[i]!;
    const more = lead >= 0xf0 && lead < 0xf8 ? 3 : lead >= 0xe0 ? 2 : lead >= 0xc0 ? 1 : 0;
    const rest = bytes.slice(i + 1, i + 1 + more);
    // After %c0 and %c1, which no valid UTF-8 has, servers took the low six bits of any byte.
    const isRead =
      lead < 0xf8 &&
      rest.length === more &&
      (lead === 0xc0 || lead === 0xc1 || rest.every((byte) => byte >> 6 === 0b10));
    if (more === 0 || !isRead) {
      text += String.fromCharCode(lead);
      continue;
    }
    const code = rest.reduce((bits, byte) => (bits << 6) | (byte & 0x3f), lead & (0x3f >> more));
    text += code > 0x10ffff ? "\ufffd" : String.fromCodePoint(code);
    i += more;
  }
  return text;
}
