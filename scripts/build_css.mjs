// Build the style sheet, and one more for each area of the site: npm run css. The result is committed, so running the site needs no Node.
import { createHash } from "node:crypto";
import { globSync, readFileSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { brotliCompressSync } from "node:zlib";
import * as sass from "sass";

const FOLDER = "src/safetomove/web/static/css";
const LICENCE =
  "/*! Safe to Move. Parts adapted from nhsuk-frontend 10.6.1, Copyright (c) Crown Copyright (NHS), MIT licence. */";
// What may stay as it is: print is black on white, and a few plain keywords.
const PLAIN = new Set(["#000", "#fff", "rgba(0,0,0,0)"]);

const options = { style: "compressed", loadPaths: ["node_modules", "styles"], charset: false, quietDeps: true };
const unknown = (css) => [...css.matchAll(/#[0-9a-f]{3,8}\b|rgba?\([^)]*\)/g)].map(([hit]) => hit).filter((hit) => !PLAIN.has(hit));
const compile = (name) => sass.compile(`styles/${name}`, options).css;

function standIns() {
  const source = readFileSync("styles/_stand_ins.scss", "utf8");
  return [...source.matchAll(/^\$([\w-]+): (#\w{6});/gm)].map(([, token, colour]) => [colour, `var(--${token})`]);
}

// Their icons are not ours to deploy.
const withoutIcons = (css) => css.replaceAll(/[^{}]*\{[^{}]*nhsuk-icon-[^{}]*\}/g, "");

function swapped(css) {
  const done = standIns().reduce((text, [colour, token]) => text.replaceAll(colour, token), withoutIcons(css));
  const left = unknown(done);
  if (left.length) throw new Error(`Colours with no token: ${[...new Set(left)].join(" ")}`);
  return done;
}

// tests/guards/test_static.py works this out again, to catch a style sheet older than its sources.
function sourcesDigest() {
  const hash = createHash("sha256");
  for (const path of globSync("styles/**/*.{css,scss}").sort()) hash.update(readFileSync(path));
  return hash.digest("hex").slice(0, 16);
}

const size = (text) => `${text.length} bytes, ${brotliCompressSync(text).length} brotli`;
function write(name, css) {
  writeFileSync(`${FOLDER}/${name}.css`, `${css}\n`);
  console.log(`${FOLDER}/${name}.css: ${size(css)}`);
}

// What one area alone needs is loaded on its pages only, so that the first page stays light.
const areas = globSync("styles/areas/*.scss").sort();
for (const path of areas) {
  const css = compile(path.replace("styles/", ""));
  if (unknown(css).length) throw new Error(`${path}: colours with no token: ${unknown(css).join(" ")}`);
  write(basename(path, ".scss"), `@layer look{${css}}`);
}

write(
  "site",
  [
    LICENCE,
    `/* sources ${sourcesDigest()} */`,
    "@layer base,nhsuk,look;",
    compile("font.scss"),
    compile("tokens.css"),
    `@layer base{${compile("base.scss")}}`,
    `@layer nhsuk{${swapped(compile("nhsuk.scss"))}}`,
    `@layer look{${compile("look.scss")}}`,
  ].join("\n"),
);
