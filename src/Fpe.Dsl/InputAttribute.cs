using System;

namespace Fpe;

/// <summary>
/// Declares one of several inputs of a sample; the class has <c>[Model]</c> without sizes. A sample holds the values of its inputs one after
/// the other, in the order of the properties. The property has the type <c>Input</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class InputAttribute : Attribute
{
    /// <summary>Declares an input of numbers.</summary>
    /// <param name="numbers">The number of values; at least 1.</param>
    public InputAttribute(int numbers) => Numbers = numbers;

    /// <summary>Declares an input of tokens, such as the categories of a table or the words of a text.</summary>
    /// <param name="tokens">The largest number of tokens; at least 1.</param>
    /// <param name="vocabulary">The number of different tokens, from 0; at least 1.</param>
    public InputAttribute(int tokens, int vocabulary)
    {
        Tokens = tokens;
        Vocabulary = vocabulary;
    }

    /// <summary>Gets the number of values of an input of numbers; 0 for tokens.</summary>
    public int Numbers { get; }

    /// <summary>Gets the largest number of tokens; 0 for numbers.</summary>
    public int Tokens { get; }

    /// <summary>Gets the number of different tokens; 0 for numbers.</summary>
    public int Vocabulary { get; }
}
