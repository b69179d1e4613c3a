using System.CommandLine;
using System.Globalization;
using Fpe;
using Fpe.Fuzz;
using Fpe.Fuzz.Running;

// What is missing or wrong stands on the error stream, in one line; 1 says that a reader failed, 2 that the command is wrong.
const int Failure = 1, Error = 2;

// a reader that takes milliseconds; what else the machine does may hold it up for some seconds
TimeSpan longest = TimeSpan.FromMinutes(2);

Option<long> inputs = new("--inputs") { Description = "Damaged files for each reader", DefaultValueFactory = _ => 100_000 };
Option<long> seed = new("--seed") { Description = "Decides the damage" };
Option<long> first = new("--first") { Description = "Number of the first file, to repeat a failure" };
Option<string[]> readers = new("--reader") { Description = "A reader, such as npy; all of them by default", HelpName = "name" };
var command = new RootCommand("Feeds every reader with damaged files; only declared errors may come of it, within bounds of time and memory.") { inputs, seed, first, readers };
command.SetAction(Fuzz);

ParseResult parsed = command.Parse(args);
if (parsed.Errors.Count > 0)
{
    Console.Error.WriteLine($"{parsed.Errors[0].Message} See --help.");
    return Error;
}

return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });

int Fuzz(ParseResult options)
{
    using var folder = new FuzzFolder();
    IReadOnlyList<FuzzTarget> targets = Targets.Create(folder.Path);
    string[] names = options.GetValue(readers) is { Length: > 0 } some ? some : [.. targets.Select(target => target.Name)];
    string? unknown = names.FirstOrDefault(name => targets.All(target => target.Name != name));
    if (unknown is not null)
    {
        Console.Error.WriteLine($"--reader: there is no reader '{unknown}', but {string.Join(", ", targets.Select(target => target.Name))}.");
        return Error;
    }

    foreach (FuzzTarget target in targets.Where(target => names.Contains(target.Name)))
    {
        var fuzzer = new Fuzzer(folder.Path, options.GetValue(seed));
        using var watch = new Timer(_ => StopIfHung(fuzzer, target), null, longest / 4, longest / 4);
        try
        {
            Show(target, fuzzer.Run(target, options.GetValue(inputs), options.GetValue(first)));
        }
        catch (FpeException failure)
        {
            Console.Error.WriteLine(failure.Message);
            return Failure;
        }
    }

    return 0;
}

void StopIfHung(Fuzzer fuzzer, FuzzTarget target)
{
    if (fuzzer.TimeOnInput < longest)
        return;
    Console.Error.WriteLine($"{target.Name}: input {fuzzer.Input} takes more than {longest.TotalSeconds} s.");
    Environment.Exit(Failure);
}

static void Show(FuzzTarget target, FuzzResult result)
{
    string errors = string.Join(", ", result.Errors.Select(error => $"{error.Key} {error.Value}"));
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{target.Name}: {result.Inputs} inputs, {result.Accepted} read, {errors}; at most {result.LargestAllocation} bytes allocated, {result.LargestShareOfBound:P0} of the bound; at most {result.Slowest.TotalMilliseconds:F1} ms"));
}
