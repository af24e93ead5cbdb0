import { expect, it, vi } from "vitest";

const words = {
  ui: { close: "Close" },
  shell: { menu: "Menu" },
  clinic: { show: "Show", board: { title: "Today" }, visit: { title: "Visit", cancel: { title: "Cancel" } } },
  account: { title: "Account" },
};
vi.mock("next-intl/server", () => ({ getMessages: async () => words }));
vi.mock("next-intl", () => ({ NextIntlClientProvider: () => null }));
const { ClientMessages } = await import("./client-messages");

const sent = async (...namespaces: string[]) => (await ClientMessages({ namespaces, children: null })).props.messages;

it("sends what is named, whole namespaces or parts of them, and changes nobody's words", async () => {
  const before = structuredClone(words);
  const everywhere = { ui: words.ui, shell: words.shell };
  expect(await sent()).toEqual(everywhere);
  expect(await sent("account", "clinic")).toEqual({ ...everywhere, account: words.account, clinic: words.clinic });
  expect(await sent("clinic.show", "clinic.visit.cancel", "clinic.board")).toEqual({
    ...everywhere,
    clinic: { show: "Show", board: words.clinic.board, visit: { cancel: words.clinic.visit.cancel } },
  });
  expect(await sent("clinic", "clinic.board")).toEqual({ ...everywhere, clinic: words.clinic });
  expect(words).toEqual(before);
});
