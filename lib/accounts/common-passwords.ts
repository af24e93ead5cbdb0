/** Words that passwords are made of again and again; a password that is only these, however padded, is refused. */
export const COMMON_PASSWORDS: ReadonlySet<string> = new Set(
  `112233445566 121212 123123 123321 135792468 147258369 159753 1a2b3c4d 1q2w3e4r 1qaz2wsx 5tgb6yhn 654321
   789456123 a1b2c3d4 aaaaaa abc123 abcd1234 abcdef abcdefg abcdefgh abcdefghij access access14 account accounts
   admin admin123 administrador administrator alejandro alexander alexandra amanda amazon america amor amour andrea
   andrew android angel anna anthony antonio anything apple appointment appointments april argentina arsenal asdasd
   asdf1234 asdfgh asdfghjkl ashley audi august australia autumn avengers azerty babyboy babygirl bailey banana
   bandit bangladesh barcelona bart bartsimpson baseball basketball batman bayern beatles bella benfica benjamin
   berlin beyonce bienvenue birthday bitcoin blessed blink182 boston brasil buddy bugsbunny bulldogs bunny burger
   buster butter butterfly california camaro canada candy captainamerica carlos changeit changeme changethis
   charlie cheese chelsea cherry chicago chocolate christmas christopher cinderella cisco clinic clinica clinics
   coffee coldplay colombia computer contrasena cookie cookies cooper corinthians corona 
   corvette covid covid19 cowboys cricket crystal daisy daniel database david december
   default demo dentist desktop deutschland diamond dodgers doggy dollar dolphin donald
   donotknow dontknow dragon duke dumbledore eagle earth elizabeth eminem england espana euro everything example
   facebook fairy faith falcon familyguy february fernanda ferrari fire flamengo florida flower flowers football
   forever foreverlove fortnite france francesca francisco freedom friday frodo fussball futebol gabriel gandalf
   garfield geheim germany ginger giuseppe godisgood godislove gold golden golfer goodbye goofy google grace
   greenday guest guinness hacked hacker hallelujah halloween hannah happybirthday harley harrypotter haslo health
   healthcare healthy heaven heineken hello hello123 hellokitty helloworld hobbit hockey hogwarts homer honda honey
   hope hospital huawei hunter hurricane idontknow iforgot iforgotmypassword ihatepasswords iloveu iloveyou india
   indonesia instagram internet iphone ireland ironman isabella italia jackpot jackson january jasmine jennifer
   jessica jesus jesuschrist jesuslovesme jetaime jonathan jordan joshua julia july june justice justinbieber
   juventus kawasaki kennwort keyboard killer king kitten lakers lamborghini laptop laura leopard letmein
   letmeinnow liberty lightning lily linkedin linkinpark lion lisboa liverpool lkjhgfdsa login logon london lottery
   love123 lovely loveme loveyou lucky luckyme lucy madrid maggie magic manchester manuel march maria mario martina
   master matrix matthew medical medicine melissa mercedes merlin mermaid metallica mexico michael michelle mickey
   microsoft million millionaire minecraft minnie mnbvcxz molly monday money monkey motdepasse motorola mustang
   mypassword mysecret mystery naruto natalie netflix network newpassword newyear newyork nicholas nicole nigeria
   ninja nintendo nirvana nissan noaccess nobody nokia nopassword nothing nothingtolose november nurse nurses
   october oldpassword oliver onedirection opensesame openup oracle orange orchid p4ssword packers pakistan panther
   paris parola pass pass1234 passcode passord passphrase passw0rd password passwordpassword passwort 
   patrick patriots peace peanut pepper pharmacy philippines phoenix pikachu pirate pizza platinum
   playstation poiuytrewq pokemon popcorn porsche portugal practice prince princess puppy q1w2e3r4 qazwsx qazwsxedc
   qpwoeiruty queen qweasd qweasdzxc qwer1234 qwerty qwertyuiop qwertz rafael rainbow ranger rangers realmadrid
   redsox register rich richard rihanna robert roblox rocky rockyou roma root rose router
   rugby sadie salasana samantha sample samsung samurai saturday scooby scotland secret secreto secretpassword
   security segredo senha september server shadow signin signup silver simpson slipknot smokey snoopy soccer
   soldier somebody something sonic sophie southpark spiderman sponge spongebob spring startrek starwars steelers
   stephanie steven storm strawberry subaru sugar summer sunday sunshine superman superuser surgery suzuki
   sweetheart sweety sysadmin system taylorswift teamo teddybear temp temporary tennis tequiero terminator test
   test1234 tester testing testtest texas thankyoulord thepassword therapist therapy thisisapassword
   thisismypassword thomas thunder thursday tiger tigger tornado toyota trustno1 tucker tuesday tulip tweety
   twitter unicorn user username vaccine victoria violet vodka voldemort volkswagen wachtwoord warcraft warrior
   water webmaster wednesday welcome welcomeback welcomehome whatever whatsapp whiskey william willkommen wind
   windows winnie winter wizard wonderwoman word xbox yamaha yankees yourpassword youtube zaq12wsx zaqwsx zelda
   zxcvbn zxcvbnm`.split(/\s+/),
);
