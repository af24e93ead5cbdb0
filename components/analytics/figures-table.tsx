import { Table } from "../ui/table";

type Figures = { key: string; name: string; values: string[] };

/** The figures of a chart: words in the first column, numbers in the others. */
export function FiguresTable({
  label,
  columns: [first = "", ...others],
  rows,
}: {
  label: string;
  columns: string[];
  rows: Figures[];
}) {
  return (
    <Table
      figures
      label={label}
      rows={rows}
      keyOf={({ key }) => key}
      columns={[
        { header: first, cell: ({ name }) => name },
        ...others.map((header, index) => ({
          header,
          cell: ({ values }: Figures) => values[index],
          numeric: true,
        })),
      ]}
    />
  );
}
