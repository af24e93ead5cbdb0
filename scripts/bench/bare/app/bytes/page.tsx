/** A page that is rendered for each request, of as many bytes as are asked for. */
export default async function BytesPage({ searchParams }: { searchParams: Promise<{ n?: string }> }) {
  const { n = "0" } = await searchParams;
  return <p>{"x".repeat(Number(n))}</p>;
}
