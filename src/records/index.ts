export * from './cycling-record.ts';
