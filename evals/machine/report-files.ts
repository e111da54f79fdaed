/** Name of the file of an attempt's report, gzipped. Its rows lie beside it. */
export function reportFile(attempt: number): string {
  return `report-${attempt}.json.gz`;
}
