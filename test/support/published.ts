/** Rows per cohort as printed by `value_counts` in the course's exercise notebook (document 000). */
export const ROWS_PER_COHORT = `Staff 84031, Ceres 40730, Zion 38096, Jupiter 37109, Fortuna 36902,
  Voyageurs 35636, Ganymede 33844, Apex 33568, Deimos 32888, Darden 32015, Teddy 30926,
  Hyperion 29855, Betelgeuse 29356, Ulysses 28534, Europa 28033, Xanadu 27749, Bayes 26538,
  Wrangell 25586, Andromeda 25359, Kalypso 23691, Curie 21582, Yosemite 20743, Bash 17713,
  Luna 16623, Marco 16397, Easley 14715, Lassen 9587, Arches 8890, Florence 8562, Sequoia 7444,
  Neptune 7276, Olympic 4954, Kings 2845, Pinnacles 2158, Hampton 1712, Oberon 1672, Quincy 1237,
  Niagara 755, Mammoth 691, Glacier 598, Joshua 302, Ike 253, Badlands 93, Franklin 72, Apollo 5,
  Denali 4, Everglades 1`.split(/,\s+/);
