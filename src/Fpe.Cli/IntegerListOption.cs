using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Fpe.Cli;

/// <summary>Options that are lists of whole numbers, separated by commas.</summary>
internal static class IntegerListOption
{
    /// <summary>Creates an option; its value is null where it is not given.</summary>
    /// <param name="name">Its name, with dashes.</param>
    /// <param name="description">What it means, for <c>--help</c>.</param>
    /// <param name="minimum">The smallest number allowed.</param>
    public static Option<IReadOnlyList<int>?> Create(string name, string description, int minimum) => new(name)
    {
        Description = description,
        HelpName = "numbers",
        CustomParser = argument => Parse(argument, name, minimum),
    };

    private static IReadOnlyList<int>? Parse(ArgumentResult argument, string name, int minimum)
    {
        string text = argument.Tokens.Count == 0 ? "" : argument.Tokens[0].Value;
        var numbers = new List<int>();
        foreach (string part in text.Split(','))
        {
            if (!int.TryParse(part, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) || number < minimum)
            {
                argument.AddError($"{name} {text}: whole numbers of {minimum} or more are expected, with commas between them.");
                return null;
            }

            numbers.Add(number);
        }

        return [.. numbers.Distinct()];
    }
}
