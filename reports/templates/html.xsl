<?xml version="1.0" encoding="UTF-8"?>
<!-- The page of every edition. Input: the tree that reports/html.c makes of a report model. Same HTML for the screen and for PDF. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
<xsl:output method="html" encoding="UTF-8" doctype-system="about:legacy-compat" indent="no"/>

<xsl:template match="/report">
<html lang="{@language}">
<head>
<meta charset="utf-8"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<title><xsl:value-of select="@title"/> – <xsl:value-of select="@organisation"/></title>
<meta name="author" content="{@organisation}"/>
<meta name="dcterms.created" content="{@made-on}"/>
<meta name="veiligbeeld.certificate" content="{@identity}"/>
<style><xsl:value-of select="css" disable-output-escaping="yes"/></style>
</head>
<body class="{@edition}">
<a class="skip" href="#inhoud">Naar de inhoud</a>
<header>
<xsl:if test="@confidential != ''"><p class="confidential"><xsl:value-of select="@confidential"/></p></xsl:if>
<h1><xsl:value-of select="@title"/></h1>
<p class="sub"><xsl:value-of select="@subtitle"/></p>
<p class="running"><xsl:value-of select="@footer"/></p>
</header>
<main id="inhoud">
<xsl:apply-templates select="chapter[1]"/>
<xsl:if test="count(chapter) &gt; 4">
<nav aria-label="Inhoud"><h2>Inhoud</h2><ul><xsl:for-each select="chapter[position() &gt; 1]"><li><a href="#{@id}"><xsl:value-of select="@title"/></a></li></xsl:for-each></ul></nav>
</xsl:if>
<xsl:apply-templates select="chapter[position() &gt; 1]"/>
</main>
</body>
</html>
</xsl:template>

<xsl:template match="chapter">
<section id="{@id}"><xsl:if test="position() = 1 and @id = 'samenvatting'"><xsl:attribute name="class">ten</xsl:attribute></xsl:if>
<h2><xsl:value-of select="@title"/></h2>
<xsl:apply-templates/>
</section>
</xsl:template>

<xsl:template match="paragraph"><p><xsl:value-of select="."/></p></xsl:template>
<xsl:template match="note"><p class="note"><xsl:value-of select="."/></p></xsl:template>

<xsl:template match="lines">
<xsl:choose>
<xsl:when test="count(line) &gt; 1 and ../@id = 'samenvatting'"><ol class="lines"><xsl:apply-templates select="line"/></ol></xsl:when>
<xsl:otherwise><ul class="lines"><xsl:apply-templates select="line"/></ul></xsl:otherwise>
</xsl:choose>
</xsl:template>

<xsl:template match="chart">
<figure>
<p class="finding"><xsl:value-of select="@title"/></p>
<img src="{@src}" alt="{@alt}"/>
<figcaption><xsl:value-of select="@caption"/></figcaption>
</figure>
</xsl:template>

<xsl:template match="table">
<div class="scroll" role="region" tabindex="0" aria-label="{@title}">
<table>
<xsl:if test="count(row) &lt; 26"><xsl:attribute name="class">whole</xsl:attribute></xsl:if>
<caption><xsl:value-of select="@title"/></caption>
<thead><tr><xsl:for-each select="columns/column"><th scope="col"><xsl:if test="@numeric"><xsl:attribute name="class">n</xsl:attribute></xsl:if><xsl:value-of select="."/></th></xsl:for-each></tr></thead>
<tbody>
<xsl:for-each select="row"><tr><xsl:if test="cell[1] = 'Totaal'"><xsl:attribute name="class">total</xsl:attribute></xsl:if>
<xsl:for-each select="cell">
<xsl:choose>
<xsl:when test="position() = 1"><th scope="row"><xsl:value-of select="."/></th></xsl:when>
<xsl:otherwise><td><xsl:if test="@numeric"><xsl:attribute name="class">n</xsl:attribute></xsl:if><xsl:value-of select="."/></td></xsl:otherwise>
</xsl:choose>
</xsl:for-each></tr></xsl:for-each>
</tbody>
</table>
</div>
<xsl:if test="@note != ''"><p class="signs"><xsl:value-of select="@note"/></p></xsl:if>
</xsl:template>

<xsl:template match="line"><li><xsl:value-of select="."/><xsl:if test="@certainty"><xsl:text> </xsl:text><span class="certainty"><xsl:value-of select="@certainty"/></span></xsl:if></li></xsl:template>

<xsl:template match="css"/>
</xsl:stylesheet>
