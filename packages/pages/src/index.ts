export { writeAudit } from './audit/write-audit.js';
export { Html, html } from './kit/html.js';
export { page } from './kit/page.js';
export { pageScript } from './kit/script/index.js';
export { plannedArms, planPage } from './registration/plan-page.js';
export { registrationPage } from './registration/registration-page.js';
export { findBrowser, requireBrowser } from './report/pdf/find-browser.js';
export type { Paper } from './report/pdf/paper.js';
export { printPdf } from './report/pdf/print-pdf.js';
export type {
  MapPictures,
  ReportArm,
  ReportCase,
  ReportCases,
  ReportDataset,
  ReportExplanation,
  ReportInput,
  ReportMethods,
  ReportMistake,
  ReportRegistration,
  ReportSample,
  ReportSampleImage,
  ReportSubjects,
  ReportTrial,
  RocPoint,
  ThresholdSteps,
} from './report/report-input.js';
export { absent, type Column, panels, type Section, table, terms } from './report/sections/section.js';
