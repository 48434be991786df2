import { defaultLanguage, type Language, toLanguage } from "~/i18n/languages";

const es = {
  yes: "Sí",
  no: "No, gracias",
  more: "¿Te ayudo con algo más?",
  goodbye: "¡Gracias por escribirnos! Cuando quieras, mandanos otro mensaje.",
  person: "Te paso con una persona del equipo. Te va a responder por acá.",
  hours: {
    name: "Horario de atención",
    open: "¡Hola, {{contact.name|qué tal}}! Estamos atendiendo. Enseguida te responde una persona.",
    closed:
      "¡Hola, {{contact.name|qué tal}}! Ahora estamos cerrados. Atendemos {{org.hours|de lunes a viernes de 9 a 18 h}}.",
    leave: "¿Querés dejarnos un mensaje para cuando abramos?",
    message: "Escribinos en qué te podemos ayudar y te respondemos al abrir.",
    kept: "Listo, ya lo tenemos. Te respondemos apenas abramos.",
    note: "Escribió con el local cerrado: {{flow.message}}",
  },
  faq: {
    name: "Preguntas frecuentes",
    greeting: "¡Hola, {{contact.name|qué tal}}! Soy el asistente de {{org.name|la casa}}.",
    question: "¿Qué querés saber?",
    unknown: "Eso no lo sé. Te paso con una persona del equipo.",
  },
  order: {
    name: "Estado de un pedido",
    question: "¿Cuál es el número de tu pedido?",
    retry: "Ese número no me sirve. Está en el mensaje con el que confirmamos tu pedido, por ejemplo 12345.",
    status: "Tu pedido {{flow.order}} está: {{flow.status|en preparación}}.",
    error: "No encontré ese pedido. Te paso con una persona para que lo mire.",
    note: "Preguntó por el pedido {{flow.order}} ({{flow.failure|sin respuesta}}).",
  },
  appointment: {
    name: "Pedido de turno",
    greeting: "¡Hola! Vamos a pedir tu turno en {{org.name|nuestro local}}.",
    who: "¿Cuál es tu nombre y apellido?",
    day: "¿Qué día te queda bien? Podés escribir “mañana” o una fecha como 25/12.",
    part: "¿A qué hora preferís?",
    morning: "Por la mañana",
    afternoon: "Por la tarde",
    phone: "¿A qué teléfono te podemos llamar?",
    done: "¡Gracias, {{flow.name}}! Anotamos tu pedido para el {{flow.day}}. Una persona te confirma el turno por acá.",
    note: "Turno pedido: {{flow.name}}, {{flow.day}}, {{flow.part}}, teléfono {{flow.phone}}.",
    tag: "turno",
  },
  rating: {
    name: "Calificación",
    question: "¿Cómo te atendimos? Respondé del 1 al 5: 5 es excelente.",
    why: "Lamentamos que no haya salido bien. ¿Qué podríamos haber hecho mejor?",
    sorry: "Gracias por contarnos. Le pido a una persona que lo vea con vos.",
    thanks: "¡Muchas gracias! Nos alegra haberte ayudado.",
    note: "Calificó con {{flow.stars}}: {{flow.why}}",
  },
};

type StarterTexts = typeof es;

const pt: StarterTexts = {
  yes: "Sim",
  no: "Não, obrigado",
  more: "Posso ajudar em mais alguma coisa?",
  goodbye: "Obrigado por escrever! Quando quiser, mande outra mensagem.",
  person: "Vou passar você para uma pessoa da equipe. Ela responde por aqui.",
  hours: {
    name: "Horário de atendimento",
    open: "Olá, {{contact.name|tudo bem}}! Estamos atendendo. Uma pessoa já responde.",
    closed:
      "Olá, {{contact.name|tudo bem}}! Agora estamos fechados. Atendemos {{org.hours|de segunda a sexta das 9 às 18 h}}.",
    leave: "Quer deixar uma mensagem para quando abrirmos?",
    message: "Escreva como podemos ajudar e respondemos ao abrir.",
    kept: "Pronto, já recebemos. Respondemos assim que abrirmos.",
    note: "Escreveu com a loja fechada: {{flow.message}}",
  },
  faq: {
    name: "Perguntas frequentes",
    greeting: "Olá, {{contact.name|tudo bem}}! Sou o assistente de {{org.name|nossa equipe}}.",
    question: "O que você quer saber?",
    unknown: "Isso eu não sei. Vou passar você para uma pessoa da equipe.",
  },
  order: {
    name: "Situação de um pedido",
    question: "Qual é o número do seu pedido?",
    retry: "Esse número não serve. Ele está na mensagem que confirmou o pedido, por exemplo 12345.",
    status: "Seu pedido {{flow.order}} está: {{flow.status|em preparação}}.",
    error: "Não encontrei esse pedido. Vou passar você para uma pessoa.",
    note: "Perguntou pelo pedido {{flow.order}} ({{flow.failure|sem resposta}}).",
  },
  appointment: {
    name: "Pedido de horário",
    greeting: "Olá! Vamos marcar o seu horário em {{org.name|nossa loja}}.",
    who: "Qual é o seu nome e sobrenome?",
    day: "Que dia fica bom para você? Pode escrever “amanhã” ou uma data como 25/12.",
    part: "Que horário você prefere?",
    morning: "De manhã",
    afternoon: "À tarde",
    phone: "Para qual telefone podemos ligar?",
    done: "Obrigado, {{flow.name}}! Anotamos o seu pedido para {{flow.day}}. Uma pessoa confirma o horário por aqui.",
    note: "Horário pedido: {{flow.name}}, {{flow.day}}, {{flow.part}}, telefone {{flow.phone}}.",
    tag: "horário",
  },
  rating: {
    name: "Avaliação",
    question: "Como foi o atendimento? Responda de 1 a 5: 5 é excelente.",
    why: "Sentimos muito. O que poderíamos ter feito melhor?",
    sorry: "Obrigado por contar. Vou pedir a uma pessoa que veja isso com você.",
    thanks: "Muito obrigado! Ficamos felizes em ajudar.",
    note: "Avaliou com {{flow.stars}}: {{flow.why}}",
  },
};

const en: StarterTexts = {
  yes: "Yes",
  no: "No, thank you",
  more: "Can I help you with anything else?",
  goodbye: "Thank you for writing! Send us another message whenever you like.",
  person: "I am passing you to a person of the team, who will answer you here.",
  hours: {
    name: "Opening hours",
    open: "Hi {{contact.name|there}}! We are open. A person will answer you in a moment.",
    closed: "Hi {{contact.name|there}}! We are closed now. We are here {{org.hours|Monday to Friday from 9 to 18}}.",
    leave: "Would you like to leave us a message for when we open?",
    message: "Tell us how we can help, and we will answer when we open.",
    kept: "Thank you, we have it. We will answer as soon as we open.",
    note: "Wrote while we were closed: {{flow.message}}",
  },
  faq: {
    name: "Frequent questions",
    greeting: "Hi {{contact.name|there}}! I am the assistant of {{org.name|our team}}.",
    question: "What would you like to know?",
    unknown: "I do not know that. I am passing you to a person of the team.",
  },
  order: {
    name: "Status of an order",
    question: "What is the number of your order?",
    retry: "That number does not work. It is in the message that confirmed your order, for example 12345.",
    status: "Your order {{flow.order}} is: {{flow.status|being prepared}}.",
    error: "I did not find that order. I am passing you to a person.",
    note: "Asked for order {{flow.order}} ({{flow.failure|no answer}}).",
  },
  appointment: {
    name: "Appointment request",
    greeting: "Hi! Let us ask for your appointment at {{org.name|our place}}.",
    who: "What is your full name?",
    day: "Which day suits you? You can write “tomorrow” or a date like 25/12.",
    part: "What time do you prefer?",
    morning: "In the morning",
    afternoon: "In the afternoon",
    phone: "At which phone number can we call you?",
    done: "Thank you, {{flow.name}}! We noted your request for {{flow.day}}. A person will confirm it here.",
    note: "Appointment requested: {{flow.name}}, {{flow.day}}, {{flow.part}}, phone {{flow.phone}}.",
    tag: "appointment",
  },
  rating: {
    name: "Rating",
    question: "How did we do? Answer from 1 to 5: 5 is excellent.",
    why: "We are sorry that it did not go well. What could we have done better?",
    sorry: "Thank you for telling us. I am asking a person to look at it with you.",
    thanks: "Thank you very much! We are glad that we could help.",
    note: "Rated with {{flow.stars}}: {{flow.why}}",
  },
};

const texts: Record<Language, StarterTexts> = { es, pt, en };

/** The starters' texts for a language tag; Spanish for one that is not ours. */
export const starterTexts = (tag: string): StarterTexts => texts[toLanguage(tag) ?? defaultLanguage];
