import { Body, Button, Container, Head, Heading, Hr, Html, Link, Preview, Section, Text } from "react-email";

/** A mail with one thing to do. All words come in; the template knows no language. */
export type Letter = {
  locale: string;
  direction: "ltr" | "rtl";
  /** Who writes: the clinic's name. */
  brand: string;
  heading: string;
  /** Each line is a paragraph. */
  lead: string;
  /** Label and value, in order. */
  facts: ReadonlyArray<readonly [label: string, value: string]>;
  action: { label: string; url: string };
  /** What else can be done, less often. */
  links: ReadonlyArray<{ label: string; url: string }>;
  /** "If the button does not work, copy this address: …" without the address. */
  linkHint: string;
  notes: readonly string[];
  footer: string;
};

// Mail programs read no stylesheet and no OKLCH: the paper, ink and teal of the product as plain hex, inline.
const ink = "#1c2b2e";
const soft = "#51625f";
const fonts = "'Atkinson Hyperlegible Next', Verdana, Arial, sans-serif";
const style = {
  body: { backgroundColor: "#f6f2ea", margin: 0, padding: "24px 12px", fontFamily: fonts, color: ink },
  paper: {
    backgroundColor: "#fffdf8",
    border: "1px solid #e2dbcd",
    borderRadius: 12,
    padding: "32px 28px",
    maxWidth: 560,
  },
  heading: { fontSize: 24, lineHeight: "32px", fontWeight: 700, margin: "0 0 12px", color: ink },
  text: { fontSize: 17, lineHeight: "26px", margin: "0 0 20px", color: ink },
  label: { fontSize: 15, lineHeight: "22px", margin: 0, color: soft },
  value: { fontSize: 17, lineHeight: "26px", margin: "0 0 14px", color: ink, fontWeight: 700 },
  button: {
    backgroundColor: "#0f5c5c",
    color: "#ffffff",
    fontSize: 17,
    fontWeight: 700,
    borderRadius: 8,
    padding: "14px 22px",
    textDecoration: "none",
    display: "inline-block",
  },
  small: { fontSize: 15, lineHeight: "22px", margin: "0 0 10px", color: soft },
  link: { color: "#0f5c5c", wordBreak: "break-all" as const },
  brand: { fontSize: 17, lineHeight: "24px", fontWeight: 700, margin: "0 0 20px", color: "#0f5c5c" },
  rule: { borderColor: "#e2dbcd", margin: "24px 0 16px" },
};

/** A mail program may not keep a line's end inside a paragraph. */
const paragraphsOf = (text: string) =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);

export function LetterMail({
  locale,
  direction,
  brand,
  heading,
  lead,
  facts,
  action,
  links,
  linkHint,
  notes,
  footer,
}: Letter) {
  return (
    <Html lang={locale} dir={direction}>
      <Head>
        <meta name="color-scheme" content="light" />
      </Head>
      <Preview>{lead}</Preview>
      <Body style={style.body}>
        <Container style={style.paper}>
          <Text style={style.brand}>{brand}</Text>
          <Heading as="h1" style={style.heading}>
            {heading}
          </Heading>
          {paragraphsOf(lead).map((paragraph, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two lines may say the same, and none ever moves.
            <Text key={index} style={style.text}>
              {paragraph}
            </Text>
          ))}
          {facts.map(([label, value]) => (
            <Section key={label}>
              <Text style={style.label}>{label}</Text>
              <Text style={style.value}>{value}</Text>
            </Section>
          ))}
          <Section style={{ margin: "8px 0 20px" }}>
            <Button href={action.url} style={style.button}>
              {action.label}
            </Button>
          </Section>
          {links.map(({ label, url }) => (
            <Text key={url} style={style.small}>
              <Link href={url} style={style.link}>
                {label}
              </Link>
            </Text>
          ))}
          {notes.map((note) => (
            <Text key={note} style={style.small}>
              {note}
            </Text>
          ))}
          <Hr style={style.rule} />
          <Text style={style.small}>
            {linkHint}{" "}
            <Link href={action.url} style={style.link}>
              {action.url}
            </Link>
          </Text>
          <Text style={{ ...style.small, margin: 0 }}>{footer}</Text>
        </Container>
      </Body>
    </Html>
  );
}

/** The same letter for those who read mail as text. */
export function letterText({ brand, heading, lead, facts, action, links, notes, footer }: Letter): string {
  const lines = [
    heading,
    "",
    lead,
    "",
    ...facts.map(([label, value]) => `${label}: ${value}`),
    ...(facts.length > 0 ? [""] : []),
    `${action.label}:`,
    action.url,
    "",
    ...links.flatMap(({ label, url }) => [`${label}:`, url, ""]),
    ...notes,
    ...(notes.length > 0 ? [""] : []),
    "-- ",
    brand,
    footer,
  ];
  return `${lines.join("\n")}\n`;
}
