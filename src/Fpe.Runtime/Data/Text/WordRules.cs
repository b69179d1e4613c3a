namespace Fpe.Data.Text;

/// <summary>How words are found in a text.</summary>
/// <param name="Division">What a word is.</param>
/// <param name="LowerCase">
/// Whether every letter is replaced with its lower-case letter, as <see cref="System.Text.Rune.ToLowerInvariant"/> has it: one by one, and
/// the same in every culture.
/// </param>
public sealed record WordRules(WordDivision Division = WordDivision.WhiteSpace, bool LowerCase = true)
{
    /// <summary>The rules by default: words between white space, in lower case.</summary>
    internal static WordRules Default { get; } = new();

    /// <summary>The rules as text, such as <c>words between white space, in lower case</c>.</summary>
    internal string Description =>
        (Division == WordDivision.WhiteSpace ? "words between white space" : "words of letters and digits") + (LowerCase ? ", in lower case" : "");

    /// <exception cref="DatasetException">The division does not exist.</exception>
    internal void Check(string name)
    {
        if (!Enum.IsDefined(Division))
            throw new DatasetException(name, FormattableString.Invariant($"{nameof(WordDivision)} {(int)Division} is not valid; pass {nameof(WordDivision.WhiteSpace)} or {nameof(WordDivision.LettersAndDigits)}."));
    }
}
