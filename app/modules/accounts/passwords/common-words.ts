/**
 * What people who must choose ten characters choose first, in this region's languages: compared without accents, with
 * digits read as letters, and without what is hung on at either end, so that `Contraseña123!` is found too.
 */
export const commonWords: ReadonlySet<string> = new Set(
  `password passwords passwort passw mypassword thepassword newpassword yourpassword passwordpassword passphrase
  contrasena contrasenia micontrasena lacontrasena contrasenas contrasenasegura clave miclave claveclave clavesegura laclave
  claves clavesecreta senha minhasenha senhasenha senhasegura novasenha segredo secreto secreta secret secrets topsecret
  letmein letmeinnow letmeinplease opensesame abracadabra welcome welcomeback welcomehome bienvenido bienvenida bienvenidos
  bemvindo bemvinda hola holahola holamundo holaquetal helloworld hellohello changeme changemenow changethis default
  admin administrator administrador administradora administracion adminadmin root rootroot superuser superusuario superadmin
  usuario usuarios user username useruser login loginlogin guest invitado invitada convidado test testtest testing tester
  testuser prueba pruebas pruebaprueba probando teste demo demodemo guazuapp guazu guazuguazu guazudemo
  qwerty qwertyqwerty qwertyuiop qwertyuio qwertyu qwertz azerty asdfgh asdfasdf asdfghjkl asdfghjklm zxcvbnm zxcvbn
  qazwsx qazwsxedc qweasd qweasdzxc qweqwe asdqwe qwaszx iqazxsw iqazwsx onetwothree unodostres umdoistres
  abcdef abcdefg abcdefgh abcdefghij abcabc aabbcc abcd abcde
  iloveyou iloveyousomuch iloveu lovelove loveyou lovely mylove teamo teamomucho teamoteamo teamoamor teamotanto tequiero
  tequieromucho teadoro amor amormio miamor amoramor amorcito amordemivida meuamor euteamo teamodemais vidamia mivida
  princess princesa princesita princesas prince principe sunshine solecito estrella estrellita mariposa borboleta
  football futbol futebol soccer baseball basketball superman batman spiderman pokemon minecraft starwars pikachu
  monkey dragon master shadow killer hunter ranger freedom libertad liberdade whatever computer computadora computador
  internet facebook instagram whatsapp messenger google googlegoogle gmail hotmail outlook yahoo samsung iphone android
  argentina argentinos vamosargentina paraguay brasil brazil uruguay chile posadas misiones asuncion encarnacion buenosaires
  bocajuniors boca lariverplate riverplate river bocaboca riverriver losmillos elmejordelmundo cerroporteno olimpia
  flamengo corinthians palmeiras gremio internacional saopaulo santos vascodagama messi lionelmessi leomessi maradona
  diegomaradona ronaldo neymar ronaldinho pele
  jesus jesuscristo jesusteama jesusmeama jesuschrist diosesamor dioses diosteama diosmio dios deusefiel deus gracias
  graciasdios obrigado obrigada senhorjesus virgenmaria sagradafamilia
  mimama mipapa mimamamemima familia mifamilia familiafeliz minhafamilia mihijo mihija mishijos misamores hermosa
  hermosura preciosa preciosura corazon coracao cariño carino bebe bebita bebote chiquita chiquito gordita gordito
  alejandro alejandra alexander fernando fernanda francisco guadalupe sebastian valentina maximiliano estefania
  juancarlos juanpablo josemaria mariajose luisfernando miguelangel marcoantonio anamaria anapaula
  enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre
  january february march april june july august september october november december
  janeiro fevereiro marco maio junho julho outubro novembro dezembro
  lunes martes miercoles jueves viernes sabado domingo monday tuesday wednesday thursday friday saturday sunday
  verano invierno primavera otono summer winter spring autumn verao inverno
  empresa miempresa negocio minegocio oficina company business store tienda loja trabajo trabalho work
  nothing nada nadie noloseyo nose nolase nomeacuerdo olvidado olvidada forgotten whatpassword
  trustnoone trustme access acceso entrar ingresar dejameentrar abrete abretesesamo`
    .split(/\s+/)
    .concat(["guazudemo2026", "correcthorsebatterystaple", "1qaz2wsx", "1qaz2wsx3edc", "1q2w3e4r5t", "q1w2e3r4t5"]),
);
