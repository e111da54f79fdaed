import type { Report } from './report.ts';
export function evaluationPage(report: Report, _i: string): string {
  return report.format;
}
