import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "../ui/table";

/** The figures of a chart: words in the first column, numbers in the others. */
export function FiguresTable({
  label,
  columns,
  rows,
}: {
  label: string;
  columns: string[];
  rows: { key: string; name: string; values: string[] }[];
}) {
  return (
    <Table label={label}>
      <TableHeader>
        <TableRow>
          {columns.map((column, index) => (
            <TableHead key={column} className={index > 0 ? "text-end" : undefined}>
              {column}
            </TableHead>
          ))}
        </TableRow>
      </TableHeader>
      <TableBody>
        {rows.map(({ key, name, values }) => (
          <TableRow key={key}>
            <TableHead scope="row">{name}</TableHead>
            {columns.slice(1).map((column, index) => (
              <TableCell key={column} className="figures text-end">
                {values[index]}
              </TableCell>
            ))}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
