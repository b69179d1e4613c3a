using Fpe.Benchmarks.Accuracy;

new BalancedBlocks(64, 5, int.Parse(args[0]), [64, 256], [4, 8]).Run(Console.Error).Write(Console.Out);
