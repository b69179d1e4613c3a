using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Fpe.Cli;

/// <summary>Options that are comma-separated lists of integers.</summary>
internal static class IntegerListOption
{
    /// <summary>Creates an option; its value is null if it is not specified.</summary>
    /// <param name="name">The name, including dashes.</param>
    /// <param name="description">The description for <c>--help</c>.</param>
    /// <param name="minimum">The minimum.</param>
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
                argument.AddError($"{name} {text}: integers of at least {minimum} are expected, separated by commas.");
                return null;
            }

            numbers.Add(number);
        }

        return [.. numbers.Distinct()];
    }
}
