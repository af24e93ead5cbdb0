import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("shell.notFound"))("title") };
}

/** Whatever no other page answers is said to be missing within the house, with help and phone at their place. */
export default function UnknownPage() {
  notFound();
}
