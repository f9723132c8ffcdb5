package ingest

import (
	"strings"
	"testing"
)

func TestLanguage(t *testing.T) {
	for _, test := range []struct{ want, text string }{
		{"en", "The port authority said on Thursday that the north quay would open again after the repairs, which took three weeks and cost more than it had planned."},
		{"en", strings.ToUpper("The port authority said on Thursday that the north quay would open again after the repairs, which took three weeks.")},
		{"de", "Die Hafenbehörde teilte am Donnerstag mit, dass der Nordkai nach den Reparaturen wieder geöffnet ist. Die Arbeiten haben drei Wochen gedauert und sind teurer geworden."},
		{"fr", "L'autorité portuaire a annoncé jeudi que le quai nord est de nouveau ouvert après les réparations, qui ont duré trois semaines et coûté plus que prévu."},
		{"es", "La autoridad portuaria dijo el jueves que el muelle norte está abierto de nuevo después de las reparaciones, que duraron tres semanas y costaron más de lo previsto."},
		{"it", "L'autorità portuale ha detto giovedì che il molo nord è di nuovo aperto dopo le riparazioni, che sono durate tre settimane e sono costate più del previsto."},
		{"pt", "A autoridade portuária disse na quinta-feira que o cais norte está novamente aberto depois das reparações, que duraram três semanas e custaram mais do que o previsto."},
		{"nl", "De havenautoriteit zei donderdag dat de noordkade na de reparaties weer open is. De werkzaamheden hebben drie weken geduurd en waren duurder dan gepland."},
		{"pl", "Zarząd portu poinformował w czwartek, że nabrzeże północne zostało ponownie otwarte po naprawach, które trwały trzy tygodnie i kosztowały więcej, niż planowano."},
		{"ru", "Администрация порта сообщила в четверг, что северный причал снова открыт после ремонта и что он продолжался три недели, а не две, как было в плане; на него ушло больше, чем в прошлом году."},
		{"uk", "Адміністрація порту повідомила в четвер, що північний причал знову відкрито після ремонту, який тривав три тижні і коштував більше, ніж планувалося; кораблі вже повертаються до міста."},
		{"bg", "Пристанищната администрация съобщи в четвъртък, че северният кей отново е отворен след ремонта, който продължи три седмици и струваше повече от планираното."},
		{"sr", "Лучка управа је саопштила у четвртак да је северни кеј поново отворен после поправки које су трајале три недеље и коштале више него што је било планирано."},
		{"mk", "Пристанишната управа соопшти во четвртокот дека северниот кеј ќе биде повторно отворен по поправките што траеја три недели и чинеа повеќе отколку што беше планирано."},
		{"be", "Адміністрацыя порта паведаміла ў чацвер, што паўночны прычал зноў адкрыты пасля рамонту, які доўжыўся тры тыдні і каштаваў больш, чым планавалася."},
		{"", "Too short to tell."},
		{"", strings.Repeat("12 345 678 ", 20)},
		{"", ""},
	} {
		if got := language(test.text); got != test.want {
			t.Errorf("%.40q: %q, want %q", test.text, got, test.want)
		}
	}
}

func BenchmarkLanguage(b *testing.B) {
	text := strings.Repeat("The port authority said on Thursday that the north quay would open again after the repairs. ", 20)
	for b.Loop() {
		language(text)
	}
}
