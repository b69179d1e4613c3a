using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Fpe.Cli;

/// <summary>Options that are whole numbers.</summary>
internal static class IntegerOption
{
    /// <summary>More threads than there can be processors do nothing but take memory.</summary>
    public const int MaximumThreads = 1024;

    /// <summary>Creates an option.</summary>
    /// <param name="name">Its name, with dashes.</param>
    /// <param name="description">What it means, for <c>--help</c>.</param>
    /// <param name="minimum">The smallest value allowed.</param>
    /// <param name="defaultValue">The value if the option is not given.</param>
    /// <param name="maximum">The largest value allowed.</param>
    public static Option<int> Create(string name, string description, int minimum, int defaultValue, int maximum = int.MaxValue) => new(name)
    {
        Description = description,
        HelpName = "number",
        DefaultValueFactory = _ => defaultValue,
        CustomParser = argument => Parse(argument, name, minimum, maximum),
    };

    /// <summary>Creates an option whose value is null where it is not given.</summary>
    /// <inheritdoc cref="Create" path="/param"/>
    public static Option<int?> CreateOptional(string name, string description, int minimum) => new(name)
    {
        Description = description,
        HelpName = "number",
        CustomParser = argument => Parse(argument, name, minimum, int.MaxValue),
    };

    private static int Parse(ArgumentResult argument, string name, int minimum, int maximum)
    {
        string text = argument.Tokens.Count == 0 ? "" : argument.Tokens[0].Value;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && value >= minimum && value <= maximum)
            return value;
        string range = maximum == int.MaxValue ? $"{minimum} or more" : $"from {minimum} to {maximum}";
        argument.AddError($"{name} {text}: a whole number is expected, {range}.");
        return minimum;
    }
}
