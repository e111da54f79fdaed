import * as z from 'zod';

/** The chart of accounts for what cards and employees spend, by number. Made up like the company. */
export const ACCOUNTS = {
  flights: '6110',
  'rail-and-bus': '6120',
  'taxi-and-ride': '6130',
  lodging: '6140',
  'car-and-fuel': '6150',
  'parking-and-tolls': '6160',
  'travel-meals': '6210',
  'client-entertainment': '6220',
  'team-events': '6230',
  software: '6310',
  'cloud-hosting': '6320',
  hardware: '6330',
  'phone-and-internet': '6340',
  'office-supplies': '6410',
  'rent-and-coworking': '6420',
  'cleaning-and-repairs': '6430',
  'kitchen-and-snacks': '6440',
  advertising: '6510',
  'fairs-and-conferences': '6520',
  'print-and-merchandise': '6530',
  'training-and-books': '6610',
  recruiting: '6620',
  'postage-and-couriers': '6710',
  'legal-and-advice': '6720',
  'fees-and-charges': '6810',
} as const;

export type Account = keyof typeof ACCOUNTS;

export const Account = z.enum(Object.keys(ACCOUNTS) as [Account, ...Account[]]);
