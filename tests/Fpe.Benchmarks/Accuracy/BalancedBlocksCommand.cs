using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Fpe.Benchmarks.Accuracy;

/// <summary>The command line of <see cref="BalancedBlocks"/>.</summary>
internal static class BalancedBlocksCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        Option<int> block = Number("--block", "Inputs of a block", 64);
        Option<int> firstSeed = new("--first-seed") { Description = "The first seed", DefaultValueFactory = _ => 0 };
        Option<int> seeds = Number("--seeds", "Number of seeds", 5);
        Option<int> epochs = Number("--epochs", "Epochs of every run", 15);
        Option<int[]> hidden = Numbers("--hidden", "Neurons of the dense parent", [64, 256]);
        Option<int[]> factors = Numbers("--factor", "Children per neuron", [4, 8]);

        Command command = BenchmarkCommand.Create(
            "accuracy-balanced",
            "Test accuracy on FashionMNIST with random partitions drawn over all inputs, and in balanced blocks",
            parsed =>
            [
                new BalancedBlocks(
                    parsed.GetValue(block), parsed.GetValue(firstSeed), parsed.GetValue(seeds), parsed.GetValue(epochs),
                    parsed.GetValue(hidden)!, parsed.GetValue(factors)!).Run(Console.Error),
            ]);
        foreach (Option option in (Option[])[block, firstSeed, seeds, epochs, hidden, factors])
            command.Add(option);
        return command;
    }

    private static Option<int> Number(string name, string description, int usual)
    {
        Option<int> option = new(name) { Description = description, DefaultValueFactory = _ => usual };
        option.Validators.Add(RequirePositive);
        return option;
    }

    private static Option<int[]> Numbers(string name, string description, int[] usual)
    {
        Option<int[]> option = new(name) { Description = description, AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => usual };
        option.Validators.Add(RequirePositive);
        return option;
    }

    private static void RequirePositive(OptionResult result)
    {
        foreach (Token token in result.Tokens)
        {
            if (!int.TryParse(token.Value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number < 1)
                result.AddError($"{result.Option.Name} {token.Value}: a whole number is expected, 1 or more.");
        }
    }
}
