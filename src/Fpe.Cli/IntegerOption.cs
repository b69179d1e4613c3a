using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Fpe.Cli;

/// <summary>Options that are integers.</summary>
internal static class IntegerOption
{
    /// <summary>The maximum number of threads. More threads than processors would only use memory.</summary>
    public const int MaximumThreads = 1024;

    /// <summary>Creates an option.</summary>
    /// <param name="name">The name, including dashes.</param>
    /// <param name="description">The description for <c>--help</c>.</param>
    /// <param name="minimum">The minimum.</param>
    /// <param name="defaultValue">The value if the option is not specified.</param>
    /// <param name="maximum">The maximum.</param>
    public static Option<int> Create(string name, string description, int minimum, int defaultValue, int maximum = int.MaxValue) => new(name)
    {
        Description = description,
        HelpName = "number",
        DefaultValueFactory = _ => defaultValue,
        CustomParser = argument => Parse(argument, name, minimum, maximum),
    };

    /// <summary>Creates an option whose value is null if it is not specified.</summary>
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
        string range = maximum == int.MaxValue ? $"at least {minimum}" : $"from {minimum} to {maximum}";
        argument.AddError($"{name} {text}: an integer is expected, {range}.");
        return minimum;
    }
}
