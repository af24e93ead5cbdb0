import { expect, it } from "vitest";
import { csvText } from "./csv";

it("quotes by RFC 4180 and disarms what a spreadsheet would run", () => {
  const rows = [
    ["=1+1", "+44 20", "-x", "@sum", "\t=1", "\r=1"],
    ['say "hi", all', "two\nlines", null, 7, -7, "a=b"],
  ];
  expect(csvText(rows)).toBe(
    `\uFEFF'=1+1,'+44 20,'-x,'@sum,'\t=1,"'\r=1"\r\n"say ""hi"", all","two\nlines",,7,-7,a=b\r\n`,
  );
});
