// Languages to offer where somebody is asked for theirs. Any other can be typed.

export const LANGUAGES = [
  "Afrikaans", "Akan", "Albanian", "Amharic", "Arabic", "Armenian", "Azerbaijani", "Bengali", "Bosnian", "Bulgarian",
  "Burmese", "Cantonese", "Catalan", "Cebuano", "Croatian", "Czech", "Danish", "Dutch", "English", "Estonian", "Farsi",
  "Filipino", "Finnish", "French", "Georgian", "German", "Greek", "Gujarati", "Haitian Creole", "Hausa", "Hebrew",
  "Hindi", "Hungarian", "Icelandic", "Igbo", "Indonesian", "Italian", "Japanese", "Kannada", "Kazakh", "Khmer", "Korean",
  "Kurdish", "Lao", "Latvian", "Lithuanian", "Macedonian", "Malay", "Malayalam", "Mandarin", "Marathi", "Mongolian",
  "Nepali", "Norwegian", "Odia", "Oromo", "Pashto", "Polish", "Portuguese", "Punjabi", "Romanian", "Russian", "Serbian",
  "Sindhi", "Sinhala", "Slovak", "Slovenian", "Somali", "Spanish", "Swahili", "Swedish", "Tagalog", "Tamil", "Telugu",
  "Thai", "Tigrinya", "Turkish", "Twi", "Ukrainian", "Urdu", "Uzbek", "Vietnamese", "Welsh", "Wolof", "Xhosa", "Yoruba",
  "Zulu",
];

/** What was typed, as the list writes it where the list has it: 'korean' is 'Korean'. */
export function languageName(typed) {
  const tidy = typed.trim().replace(/\s+/gu, " ");
  return LANGUAGES.find((name) => name.toLowerCase() === tidy.toLowerCase()) ?? tidy;
}
