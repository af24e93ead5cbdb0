import { deflateSync } from "node:zlib";
import { expect, it } from "vitest";
import { fileResponse } from "@/lib/platform/file-response";
import { JPEG, PDF, PNG } from "@/tests/support/files";
import { fileType, safeFileName } from "./file-type";

const after = (bytes: Buffer, more: string | Buffer) => Buffer.concat([bytes, Buffer.from(more as string, "latin1")]);

it("knows PDF, JPEG and PNG by their content", () => {
  expect([PDF, JPEG, PNG].map(fileType)).toEqual(["application/pdf", "image/jpeg", "image/png"]);
});

it.each<[string, Buffer]>([
  ["nothing", Buffer.alloc(0)],
  ["text", Buffer.from("hello")],
  ["an SVG with a script", Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')],
  ["a page", Buffer.from("<!doctype html><script>alert(1)</script>")],
  ["a PDF that begins with a page", Buffer.concat([Buffer.from("%PDF-1.4\n<html><script>"), PDF])],
  [
    "a PDF that runs a script",
    Buffer.from(
      PDF.toString("latin1").replace("/Catalog", "/Catalog /OpenAction << /S /JavaScript /JS (x) >>"),
      "latin1",
    ),
  ],
  ["a PDF that goes on as an archive", after(PDF, "PK\x05\x06xxxxxxxxxxxxxxxxxx%%EOF")],
  ["a PNG that goes on", after(PNG, "more")],
  ["a PNG that goes on as an archive", after(PNG, "PK\x05\x06xxxxxxxxxxxxxxxxxx")],
  ["a JPEG that goes on", after(JPEG, "<?php")],
  [
    "a JPEG that is a page in a comment",
    Buffer.concat([
      JPEG.subarray(0, 2),
      Buffer.from([0xff, 0xfe, 0, 20]),
      Buffer.from("<script>alert(1)</"),
      JPEG.subarray(2),
    ]),
  ],
  ["a PNG of 4,000 megapixels in a few bytes", bomb()],
  ["a GIF", Buffer.from("GIF89a")],
  ["a program", Buffer.from("MZ\x90\x00", "latin1")],
])("refuses %s", (_, bytes) => {
  expect(fileType(bytes)).toBeNull();
});

function bomb(): Buffer {
  const png = Buffer.from(PNG);
  png.writeUInt32BE(200_000, 16);
  png.writeUInt32BE(20_000, 20);
  return Buffer.concat([png.subarray(0, -12), deflateSync(Buffer.alloc(1_000_000)), png.subarray(-12)]);
}

it.each([
  ["../../etc/passwd", "passwd.pdf"],
  ["C:\\x\\scan.jpg.exe", "scan.jpg.pdf"],
  ["a\r\nSet-Cookie: x.pdf", "a__Set-Cookie_ x.pdf"],
  ["..", "file.pdf"],
  ["Röntgen (links).PDF", "Röntgen (links).pdf"],
])("calls %j %s", (name, expected) => {
  expect(safeFileName(name, "application/pdf")).toBe(expected);
});

it("answers with a download that nothing shows or guesses at", () => {
  const { headers } = fileResponse({ fileName: "Röntgen.pdf", contentType: "application/pdf", bytes: PDF });
  expect(headers.get("content-disposition")).toBe(
    "attachment; filename=\"R_ntgen.pdf\"; filename*=UTF-8''R%C3%B6ntgen.pdf",
  );
  expect(headers.get("x-content-type-options")).toBe("nosniff");
  expect(headers.get("content-security-policy")).toContain("sandbox");
});
