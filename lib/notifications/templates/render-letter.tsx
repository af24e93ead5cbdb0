import { type Letter, LetterMail, letterText } from "./letter";

/** HTML and text of a letter. React and its mail parts are loaded with the first mail: a worker at rest does not hold them. */
export async function renderLetter(letter: Letter): Promise<{ html: string; text: string }> {
  const { render } = await import("react-email");
  return { html: await render(<LetterMail {...letter} />), text: letterText(letter) };
}
