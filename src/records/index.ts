export * from './cycling-record.ts';
export * from './record-builder.ts';
