using Fpe.Data.Files;

namespace Fpe.Runtime.Tests.Data;

public sealed class QuotationTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("a\nb\u001bc\u0085", "a\uFFFDb\uFFFDc\uFFFD")]
    [InlineData("é\U0001F600", "é\uFFFD\uFFFD")]
    [InlineData("0123456789012345678901234567890123456789", "0123456789012345678901234567890123456789")]
    [InlineData("01234567890123456789012345678901234567890", "0123456789012345678901234567890123456789…")]
    public void Text_is_short_and_on_one_line(string text, string quoted) => Assert.Equal(quoted, Quotation.Of(text));
}
