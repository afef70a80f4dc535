// @diplodoc/translation is a library; this extracts the pages of a folder in one process.
const fs = require('node:fs');
const path = require('node:path');
const {extract} = require(path.join(process.argv[2], 'node_modules/@diplodoc/translation'));

const [folder, out] = process.argv.slice(3);
const options = {source: {language: 'en', locale: 'US'}, target: {language: 'zh', locale: 'CN'}};
for (const name of fs.readdirSync(folder).sort()) {
    const {xliff, skeleton} = extract(fs.readFileSync(path.join(folder, name), 'utf8'), options);
    fs.writeFileSync(path.join(out, name + '.xlf'), xliff);
    fs.writeFileSync(path.join(out, name + '.skl'), skeleton);
}
