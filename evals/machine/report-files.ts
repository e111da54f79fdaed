/** Names of the files of an attempt's report; both are gzipped. */
export function reportFiles(attempt: number): { readonly json: string; readonly page: string } {
  return { json: `report-${attempt}.json.gz`, page: `report-${attempt}.html.gz` };
}
