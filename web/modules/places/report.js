export function openReport(){}
