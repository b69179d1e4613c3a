using Fpe;
using TrainOnRanks;

// TrainOnRanks [--distributed] [name=value …]: trains a network with everything that has a state, on as many ranks as mpirun started.
// Rank 0 prints what came of it, and every rank what it read and sent. With "caught", an error is no reason to end the other ranks.
try
{
    return RankedTraining.Run(args);
}
catch (FpeException error)
{
    Console.Error.WriteLine(error.Message);
    return args.Contains("caught") ? 0 : 2;
}
