extern alias generators;

// Plans are compiled into the generator and into the runtime; tests mean the runtime's.
global using generators::Fpe.Counting;
global using generators::Fpe.Generators;
global using generators::Fpe.Generators.Naming;
global using generators::Fpe.Generators.Rules;
