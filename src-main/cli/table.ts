/** Rows of words as lines with aligned columns; numbers to the right. The first row is the heading. */
export function tableLines(rows: readonly (readonly (string | number)[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => String(row[column] ?? '').length)),
  )
  const rightmost = widths.map((_, column) => rows.slice(1).every((row) => typeof row[column] === 'number'))
  return rows.map((row) =>
    widths
      .map((size, column) => {
        const text = String(row[column] ?? '')
        return rightmost[column] ? text.padStart(size) : text.padEnd(size)
      })
      .join('  ')
      .trimEnd(),
  )
}
