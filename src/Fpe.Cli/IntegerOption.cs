using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Fpe.Cli;

/// <summary>Options that are whole numbers.</summary>
internal static class IntegerOption
{
    /// <summary>Creates an option.</summary>
    /// <param name="name">Its name, with dashes.</param>
    /// <param name="description">What it means, for <c>--help</c>.</param>
    /// <param name="minimum">The smallest value allowed.</param>
    /// <param name="defaultValue">The value where the option is not given.</param>
    public static Option<int> Create(string name, string description, int minimum, int defaultValue) => new(name)
    {
        Description = description,
        HelpName = "number",
        DefaultValueFactory = _ => defaultValue,
        CustomParser = argument => Parse(argument, name, minimum),
    };

    /// <summary>Creates an option whose value is null where it is not given.</summary>
    /// <inheritdoc cref="Create" path="/param"/>
    public static Option<int?> CreateOptional(string name, string description, int minimum) => new(name)
    {
        Description = description,
        HelpName = "number",
        CustomParser = argument => Parse(argument, name, minimum),
    };

    private static int Parse(ArgumentResult argument, string name, int minimum)
    {
        string text = argument.Tokens.Count == 0 ? "" : argument.Tokens[0].Value;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && value >= minimum)
            return value;
        argument.AddError($"{name} {text}: a whole number is expected, {minimum} or more.");
        return minimum;
    }
}
