/** Given and family names of a region, as they are written there. */
export type NameList = Readonly<{ female: readonly string[]; male: readonly string[]; family: readonly string[] }>;

const words = (text: string) => text.trim().split(/\s*,\s*/);

export const NAMES: Readonly<Record<"london" | "newYork" | "kolkata" | "sydney", NameList>> = {
  london: {
    female: words(
      "Alice, Niamh, Zoë, Harriet, Siân, Florence, Aisha, Olivia, Megan, Bronwen, Chloe, Abigail, Maryam, Imogen, Eilidh, Temitope, Rosalind, Danuta, Leila, Grace, Funmi, Hannah, Ottilie, Yasmin",
    ),
    male: words(
      "Oliver, Callum, Rhys, Edward, Kwame, Dylan, Hamza, Lewis, Owen, Fergus, Theo, Jakub, Ibrahim, Arthur, Conor, Tunde, Hugh, Reuben, Idris, Alistair, Samir, Noah, Declan, Piotr",
    ),
    family: words(
      "Ashworth, Okonkwo, Penhaligon, MacLeod, Griffiths, Hussain, Fairweather, Byrne, Nowak, Adeyemi, Whitlock, O'Sullivan, Rahman, Thistlewood, Evans, Mensah, Chowdhury, Hargreaves, Kowalczyk, Sinclair, Bancroft, Yeboah, Llewellyn, Iqbal, Attwood, Farrell, Winterbourne, Osei, Tanner, Hollis, Ferreira, Greenaway",
    ),
  },
  newYork: {
    female: words(
      "Emma, Guadalupe, Latoya, Rivka, Mei-Ling, Sofía, Destiny, Katarzyna, Ximena, Naomi, Jasmine, Brooklyn, Altagracia, Esther, Soo-jin, Amber, Marisol, Keisha, Giulia, Fatoumata, Irina, Tamika, Dorothy, Valentina",
    ),
    male: words(
      "Marcus, José, Tyrone, Ezra, Wei, Anthony, Mateo, Dmitri, Jamal, Rafael, Liam, Giancarlo, Min-jun, Isaiah, Yosef, Devon, Ángel, Patrick, Ousmane, Vincent, Hector, Darnell, Walter, Sebastián",
    ),
    family: words(
      "Washington, Rodríguez, Goldberg, Chen, DiMarco, Jefferson, Núñez, Petrov, Kim, Sullivan, Baptiste, Morales, Feldman, Zhang, Esposito, Coleman, Peña, Volkov, Park, Gallagher, Toussaint, Vargas, Rosenthal, Huang, Caruso, Freeman, Almonte, Diallo, Schwartz, Castillo, Whitaker, Bermúdez",
    ),
  },
  kolkata: {
    female: words(
      "Ananya, Sharmila, Debjani, Fatima, Ishita, Moushumi, Priyanka, Rukhsana, Sanchita, Tanushree, Aparajita, Madhuri, Nandini, Oindrila, Paromita, Ritika, Shreya, Sudeshna, Titas, Urmila, Zainab, Bidisha, Lakshmi, Kavya",
    ),
    male: words(
      "Arindam, Sourav, Debashish, Imran, Joydeep, Kaushik, Partha, Rahul, Sandip, Tapan, Anirban, Bikram, Dipankar, Farhan, Gautam, Ishaan, Manoj, Niladri, Prosenjit, Rohan, Subrata, Tariq, Vikram, Yusuf",
    ),
    family: words(
      "Banerjee, Chatterjee, Mukherjee, Ganguly, Sengupta, Bose, Dasgupta, Ghosh, Mitra, Saha, Biswas, Mondal, Roychowdhury, Ahmed, Khatun, Agarwal, Sarkar, Bhattacharya, Nandi, Pramanik, Kundu, Halder, Basu, Molla, Singhania, Poddar, Lahiri, Dutta, Chakraborty, Sheikh, Tamang, Jha",
    ),
  },
  sydney: {
    female: words(
      "Matilda, Kirra, Thuy, Georgia, Eleni, Mele, Isla, Xin, Lachlanna, Priya, Zahra, Tahlia, Ngaire, Huong, Ruby, Despina, Aroha, Evie, Mei, Bindi, Salwa, Freya, Lan, Poppy",
    ),
    male: words(
      "Lachlan, Jarrah, Minh, Cooper, Yiannis, Sione, Angus, Hao, Flynn, Arjun, Omar, Jack, Tane, Duc, Hamish, Stavros, Wiremu, Archie, Jun, Koa, Elias, Xavier, Long, Banjo",
    ),
    family: words(
      "Nguyen, McAllister, Papadopoulos, Tran, Fotuaika, Henderson, Wang, Khoury, Campbell, Le, Karahalios, Williams, Tuilagi, Li, Haddad, Doyle, Pham, Moloney, Ngata, Sharma, Bui, Trembath, Georgiou, Vo, Kelleher, Rangihuna, Lim, Abboud, Carmody, Zhao, Fraser, Marrickson",
    ),
  },
};

/** What people say they come for; service by service. */
export const REASONS: Readonly<Record<string, readonly string[]>> = {
  "General consultation": [
    "Sore throat since the weekend",
    "Headaches in the afternoon",
    "Tired all the time",
    "Back pain after moving house",
    "Questions about blood pressure tablets",
    "Cough that does not go away",
  ],
  "New patient visit": ["New in the area", "Moved here last month, long-term medication", "First visit, asthma"],
  "Follow-up": ["Results of the last tests", "Check after the new dose", "Wound check", "Blood pressure diary"],
  "Video consultation": ["Rash on the arm", "Hay fever is back", "Trouble sleeping", "Letter for work"],
  "Phone advice": ["Repeat prescription", "Question about side effects", "Travel advice"],
  "Child health check": ["Two-year check", "Growth and hearing", "School entry check"],
  Vaccination: ["Flu vaccine", "Travel vaccines", "Tetanus booster"],
  "Blood test": ["Fasting bloods", "Thyroid check", "Iron levels"],
  "Minor procedure": ["Mole removal", "Ingrown toenail", "Cyst on the shoulder"],
  "Physiotherapy session": ["Knee after the half marathon", "Frozen shoulder", "Neck pain from desk work"],
};
