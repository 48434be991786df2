import { defaultLanguage, type Language, toLanguage } from "~/i18n/languages";

/** What a customer is asked after a closing, in the organisation's language; `button` opens the list on WhatsApp. */
const WORDS: Record<Language, { question: string; button: string }> = {
  es: { question: "¿Cómo te atendimos? Elegí de 1 (muy mal) a 5 (excelente).", button: "Calificar" },
  pt: { question: "Como foi o nosso atendimento? Escolha de 1 (muito ruim) a 5 (excelente).", button: "Avaliar" },
  en: { question: "How did we do? Choose from 1 (very bad) to 5 (excellent).", button: "Rate" },
};

export const ratingWords = (locale: string) => WORDS[toLanguage(locale) ?? defaultLanguage];

/** The choices in the order of their numbers, so that a number means the same where a channel shows no buttons. */
export const RATING_CHOICES = [1, 2, 3, 4, 5].map((stars) => ({ id: `rating:${stars}`, label: `${stars} ★` }));
