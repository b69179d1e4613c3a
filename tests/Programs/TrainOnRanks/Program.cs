using Fpe;
using TrainOnRanks;

// TrainOnRanks [--distributed] [name=value …]: trains a network with everything that has a state, on as many ranks as mpirun started.
// Rank 0 prints what came of it, and every rank what it read and sent.
try
{
    return RankedTraining.Run(args);
}
catch (FpeException error)
{
    Console.Error.WriteLine(error.Message);
    return 2;
}
